-- Sends one recorded HTTP request over and over, each time with another JSON-RPC id, and with another access token
-- where there is a place for one.
--
-- Arguments: <file with the request> [<limit> <statuses> <text>]
-- With a limit every answer is looked at: its status must be one of <statuses> (comma separated) and the body of
-- a 200 must contain <text>. That costs the generator time, so measured runs do without.

local ID_PLACEHOLDER = "@@@@@@@@@@"
local TOKEN_PLACEHOLDER = "%%%%%%%%%%"

local head, tail
-- What comes before a token, and the tokens, one after the other
local before_token
local tokens = {}
local next_token = 0
-- Ten digits from first to last, so that all requests have one length
local next_id = 1000000000

local threads = {}

function setup(thread)
	table.insert(threads, thread)
end

local function read(path)
	local file = assert(io.open(path, "rb"))
	local content = file:read("*a")
	file:close()
	return content
end

local function check_answers(limit, statuses, text)
	answers = 0
	refused = 0
	wrong = 0
	first_wrong = ""
	local accepted = {}
	for status in statuses:gmatch("%d+") do
		accepted[tonumber(status)] = true
	end

	response = function(status, headers, body)
		answers = answers + 1
		local right = accepted[status] and (status ~= 200 or body:find(text, 1, true))
		if right and status ~= 200 then
			refused = refused + 1
		end
		if not right then
			wrong = wrong + 1
			if wrong == 1 then
				first_wrong = status .. " " .. body:sub(1, 300)
			end
		end
		if answers == limit then
			wrk.thread:stop()
			-- wrk itself would wait until its time is over; whoever started it ends it now
			io.stderr:write("limit reached\n")
		end
	end
end

function init(args)
	local template = read(args[1])
	local from, to = template:find(ID_PLACEHOLDER, 1, true)
	head = template:sub(1, from - 1)
	tail = template:sub(to + 1)
	from, to = head:find(TOKEN_PLACEHOLDER, 1, true)
	if from then
		before_token = head:sub(1, from - 1)
		head = head:sub(to + 1)
		for token in io.lines(os.getenv("BENCH_TOKENS") .. "/tokens.txt") do
			table.insert(tokens, token)
		end
	end
	if args[2] then
		check_answers(tonumber(args[2]), args[3], args[4])
	end
end

function request()
	next_id = next_id + 1
	if before_token then
		next_token = next_token % #tokens + 1
		return before_token .. tokens[next_token] .. head .. next_id .. tail
	end
	return head .. next_id .. tail
end

local function quoted(text)
	return '"' .. text:gsub('[%c"\\]', function(char) return string.format("\\u%04x", char:byte()) end) .. '"'
end

function done(summary, latency)
	local errors = summary.errors
	local thread = threads[1]
	io.write(string.format('{"requests": %d, "micros": %d, "bytes": %d, "p50": %d, "p99": %d, ', summary.requests,
		summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99)))
	io.write(string.format('"status_errors": %d, "socket_errors": %d, ', errors.status,
		errors.connect + errors.read + errors.write + errors.timeout))
	io.write(string.format('"answers": %d, "refused": %d, "wrong": %d, "first_wrong": %s}\n', thread:get("answers") or 0,
		thread:get("refused") or 0, thread:get("wrong") or 0, quoted(thread:get("first_wrong") or "")))
end
