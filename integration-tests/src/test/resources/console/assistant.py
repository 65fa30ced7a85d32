"""Asks every tool as an assistant would, and prints what came back as JSON.

Arguments: the URL, the client's mode, and a token if there is one.
"""
import asyncio
import json
import sys

from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client


async def ask(client, answers, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    text = result.content[0].text
    answers[tool] = {"error": result.is_error, "text": text}
    return None if result.is_error else json.loads(text)


async def main(url, mode, token=None):
    headers = {"Authorization": "Bearer " + token} if token else {}
    answers = {}
    async with create_mcp_http_client(headers) as http:
        transport = streamable_http_client(url, http_client=http)
        async with Client(transport, mode=mode) as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
            for tool in tools:
                if tool.startswith("list_") or tool == "doctor":
                    answer = await ask(client, answers, tool)
                if tool == "get_problem":
                    problems = json.loads(answers["list_problems"]["text"])["problems"]
                    for problem in problems[:1]:
                        await ask(client, answers, tool, problem=problem["problem"])
                if tool == "get_trace":
                    traces = json.loads(answers["list_traces"]["text"])["traces"]
                    for trace in traces[:1]:
                        await ask(client, answers, tool, trace_id=trace["trace_id"])
            print(json.dumps({"revision": client.protocol_version, "tools": tools, "answers": answers}))


asyncio.run(main(*sys.argv[1:]))
