-- API keys of MCP Remote. Times are seconds since 1970-01-01T00:00:00Z, lists are separated by spaces.
-- Live keys of an owner have slot 1 and 2, those that are no longer live may have one of their own.
create table mcp_remote_api_key (
	id varchar(64) not null primary key,
	digest varchar(64) not null,
	owner_name varchar(255) not null,
	slot varchar(65) not null,
	scopes varchar(4000),
	roles varchar(4000),
	created_at bigint not null,
	expires_at bigint,
	revoked_at bigint,
	constraint mcp_remote_api_key_slot unique (owner_name, slot)
);
