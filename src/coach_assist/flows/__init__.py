"""What a person can do, one file each. Both front ends call only these."""
