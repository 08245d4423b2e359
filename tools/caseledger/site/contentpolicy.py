"""What browsers are told that a page may load and run: files of the site, and nothing that stands in the page itself.

Every page says it of itself, so that it holds on any server. A server can add what no page can say: docs/site.md.
"""

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",  # search is WebAssembly
        "style-src 'self'",
        "img-src 'self' data:",  # the theme's icons are data in its style sheet
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    )
)
