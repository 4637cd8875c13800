"""What happens to the record of activities, told as tests."""
