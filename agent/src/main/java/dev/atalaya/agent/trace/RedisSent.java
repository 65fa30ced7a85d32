package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/** A command on its way to a node that is not chosen yet; what its span is of until then. */
final class RedisSent {
  final RedisCommand command;
  final @Nullable String pattern;
  final int database;

  /** A hash of what the command was given. */
  final int values;

  /** What it goes to one of; null for a server by itself. */
  final @Nullable RedisNodes nodes;

  RedisSent(
      RedisCommand command,
      @Nullable String pattern,
      int database,
      int values,
      @Nullable RedisNodes nodes) {
    this.nodes = nodes;
    this.command = command;
    this.pattern = pattern;
    this.database = database;
    this.values = values;
  }
}
