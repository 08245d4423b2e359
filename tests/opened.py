"""A case that was just opened, as text with comments: what tests append to, merge and push."""

PATH = "cases/2026/11/C-20261103-7K3QD.yml"
BASE = """\
# of the marketplace
schema: 1   # comments stay
id: C-20261103-7K3QD
policy: quality@2023-01-01
channel: email
market: NO
language: nb
category: product-quality
demand: refund
consumer: {ref: U-5J2M8Q1TZX}
summary: 'Zip tears'
description: |
  Glidelåsen røk.

events:
  # the first
  - at: "2026-11-03T09:12:00+08:00"
    type: received
    by: cs-01
    as: customer-service
"""
