"""The support desk of a made-up South African bookshop: demo tickets with known effects planted in them."""
