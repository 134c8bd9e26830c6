"""The API (开放接口): ``/api/v1``, OpenAPI 3.1, errors as problem+json (RFC 9457), the same grants as the pages."""
