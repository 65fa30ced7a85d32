package dev.atalaya.agent.mcp;

import dev.atalaya.agent.json.Json;

/** What a message is answered with over HTTP. */
public final class Reply {
  /** To a notification: taken, and nothing to say. */
  static final Reply ACCEPTED = new Reply(202, "");

  public final int status;

  /** JSON, or empty. */
  public final String body;

  private Reply(int status, String body) {
    this.status = status;
    this.body = body;
  }

  static Reply json(int status, Object value) {
    return new Reply(status, Json.write(value));
  }
}
