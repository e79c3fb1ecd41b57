-- Audit ledger of MCP Remote. Times are milliseconds since 1970-01-01T00:00:00Z. What counts is record_text, the other
-- columns say the same for queries. Nobody but the application needs to change anything here: revoke the right to.
create table if not exists mcp_remote_audit_event (
	chain_id varchar(40) not null,
	seq bigint not null check (seq >= 0),
	section_no int not null,
	kind varchar(16) not null,
	recorded_at bigint not null,
	event_id varchar(255),
	event_type varchar(64),
	occurred_at bigint,
	occurred_on varchar(10),
	subject varchar(255),
	issuer varchar(255),
	client_id varchar(255),
	tenant varchar(255),
	method varchar(255),
	target varchar(255),
	outcome varchar(64),
	duration_micros bigint,
	record_text mediumtext not null,
	primary key (chain_id, seq),
	index mcp_remote_audit_event_day (occurred_on, event_type),
	index mcp_remote_audit_event_section (chain_id, section_no, seq)
) character set utf8mb4 collate utf8mb4_bin;

create table if not exists mcp_remote_audit_checkpoint (
	chain_id varchar(40) not null,
	kind varchar(16) not null,
	seq bigint not null,
	statement_text varchar(2000) not null,
	primary key (chain_id, kind, seq)
) character set utf8mb4 collate utf8mb4_bin;

-- How much was used, by day, tenant, user and tool. A user is a subject of one issuer
create or replace view mcp_remote_audit_usage as
select occurred_on, tenant, issuer, subject, target as tool, outcome, count(*) as calls,
	sum(duration_micros) as duration_micros
from mcp_remote_audit_event
where event_type = 'call' and method = 'tools/call'
group by occurred_on, tenant, issuer, subject, target, outcome;
