package unlike
