"""What bin/demo and bin/test share. Standard library only: nothing is installed yet."""
