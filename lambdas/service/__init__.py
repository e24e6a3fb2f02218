"""What Snapback does, one file per job, with the ports it needs as Protocols beside it."""
