-- Signing in by passkey (https://www.w3.org/TR/webauthn-3/).

-- +goose Up

ALTER TABLE users ADD COLUMN handle TEXT NOT NULL DEFAULT ''; -- what authenticators know the user by: 64 random bytes in base64url; empty before the first passkey
CREATE UNIQUE INDEX users_by_handle ON users (handle) WHERE handle <> '';

ALTER TABLE sessions ADD COLUMN confirmed BIGINT NOT NULL DEFAULT 0; -- when its owner last proved again who they are; 0 if never since it began

CREATE TABLE passkeys (
	id         TEXT PRIMARY KEY,
	owner      TEXT NOT NULL REFERENCES users (id),
	credential TEXT NOT NULL UNIQUE, -- id that the authenticator gave it, in base64url
	public_key BYTEA NOT NULL,       -- COSE_Key (RFC 9052)
	sign_count BIGINT NOT NULL,      -- the authenticator's counter at the last sign-in; 0 from one that does not count
	flags      INTEGER NOT NULL,     -- of the authenticator data (WebAuthn, 6.1) at the last sign-in
	transports TEXT NOT NULL,        -- how the authenticator is reached, divided by spaces; may be empty
	name       TEXT NOT NULL,        -- given by the owner
	created    BIGINT NOT NULL,
	used       BIGINT NOT NULL       -- last sign-in; 0 for never
);
CREATE INDEX passkeys_by_owner ON passkeys (owner);
