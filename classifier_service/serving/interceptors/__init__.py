"""What happens around every method, from the outside in: counting, errors, who calls, bytes that are no message.

Also around health and reflection.
"""
