#!/usr/bin/env bash
# A Virtuoso to try sparql: stores on: scripts/virtuoso.sh install|start|stop|status [FOLDER]
# It listens on loopback only, with a password of its own, and keeps everything in FOLDER
# (default: kg-virtuoso-UID in the temporary folder). `start` prints the settings that reach it;
# with KG_VIRTUOSO_WITH=PROCESS the server ends when that process does.
set -euo pipefail
do=${1:-}
home=${2:-${TMPDIR:-/tmp}/kg-virtuoso-$(id -u)}

there() { command -v virtuoso-t >/dev/null && command -v isql-vt >/dev/null; }
pid() { sed -n 's/^VIRT_PID=//p' "$home/virtuoso.lck" 2>/dev/null; }
running() { local id; id=$(pid) && [ -n "$id" ] && kill -0 "$id" 2>/dev/null; }

install() {
  there && return
  command -v apt-get >/dev/null || { echo "no apt-get: install virtuoso-opensource yourself" >&2; exit 1; }
  apt-get update -qq
  # The package asks for a password of the server that it would start; this one is not started.
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    virtuoso-opensource-7-bin >/dev/null
  there
}

# Two ports that are free now.
ports() {
  python3 - <<'PYTHON'
import socket
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(one.getsockname()[1] for one in held))
PYTHON
}

configure() {
  local sql http
  mkdir -p "$home" && chmod 700 "$home"
  read -r sql http < <(ports)
  # A letter first and not long: with other passwords the server lets nobody in.
  [ -s "$home/password" ] ||
    (umask 077 && echo "p$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')" >"$home/password")
  cat >"$home/virtuoso.ini" <<INI
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
MaxCheckpointRemap = 2000
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:$sql
DisableUnixSocket = 1
MaxClientConnections = 20
CheckpointInterval = 60
CaseMode = 2
DirsAllowed = .
NumberOfBuffers = ${KG_VIRTUOSO_BUFFERS:-10000}
MaxDirtyBuffers = ${KG_VIRTUOSO_DIRTY:-7000}
MaxQueryMem = 1G
ThreadsPerQuery = 2

[HTTPServer]
ServerPort = 127.0.0.1:$http
ServerRoot = .
ServerThreads = 20
MaxKeepAlives = 20
KeepAliveTimeout = 15
Charset = UTF-8

[SPARQL]
; No ResultSetMaxRows: it cuts a CONSTRUCT without saying so.
MaxQueryCostEstimationTime = 0
INI
  echo "$sql" >"$home/sql-port"
  cat >"$home/env" <<ENV
KG_STORE=sparql:http://127.0.0.1:$http/sparql
KG_SPARQL_UPDATE_URL=http://127.0.0.1:$http/sparql-auth
KG_SPARQL_GRAPH_URL=http://127.0.0.1:$http/sparql-graph-crud-auth
KG_SPARQL_USER=dba
KG_SPARQL_PASSWORD=$(cat "$home/password")
ENV
  chmod 600 "$home/env"
}

# End the server once the process it was started for is gone.
with() {
  while kill -0 "$2" 2>/dev/null; do
    kill -0 "$1" 2>/dev/null || kill "$2"
    sleep 1
  done
}

start() {
  there || { echo "no Virtuoso here: scripts/virtuoso.sh install" >&2; exit 1; }
  if ! running; then
    configure
    cd "$home"
    # The first run makes the database, sets the password and ends; before it nobody can connect.
    if [ ! -e made ]; then
      rm -f virtuoso.db virtuoso-temp.db virtuoso.trx
      virtuoso-t -f +configfile virtuoso.ini +pwdold dba +pwddba "$(cat password)" \
        +pwddav "$(cat password)" >/dev/null 2>&1
      touch made
    fi
    virtuoso-t +configfile virtuoso.ini +wait >/dev/null 2>&1 || { tail -5 virtuoso.log >&2; exit 1; }
    if [ -n "${KG_VIRTUOSO_WITH:-}" ]; then
      # Whoever reads what this prints must not wait for the one that stays.
      (exec >/dev/null 2>&1 </dev/null && with "$KG_VIRTUOSO_WITH" "$(pid)") &
    fi
  fi
  cat "$home/env"
}

stop() {
  running || { echo "not running"; return; }
  local id
  id=$(pid)
  isql-vt "127.0.0.1:$(cat "$home/sql-port")" dba "$(cat "$home/password")" \
    exec="shutdown();" >/dev/null 2>&1 || kill "$id"
  for _ in $(seq 100); do kill -0 "$id" 2>/dev/null || return 0; sleep 0.1; done
  kill -9 "$id"
}

status() {
  if running; then echo "running, process $(pid), in $home"; else echo "not running"; return 1; fi
}

case $do in
  install | start | stop | status) "$do" ;;
  *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
esac
