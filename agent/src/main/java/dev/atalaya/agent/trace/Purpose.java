package dev.atalaya.agent.trace;

/** What a command is for, as its library's half says. What a statement is for, its text tells. */
public enum Purpose {
  WORK,

  /** The session's affairs, or a question about the server itself. */
  HOUSEKEEPING,

  /** Its answer comes when another client has done something, such as put work into a queue. */
  WAITING
}
