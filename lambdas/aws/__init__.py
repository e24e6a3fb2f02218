"""The only folder that imports boto3: events in, reads, records, alerts and reverts out."""
