"""The drill: every watched call as an attack, and every fault on the way of one incident."""
