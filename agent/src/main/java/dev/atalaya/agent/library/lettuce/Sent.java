package dev.atalaya.agent.library.lettuce;

import dev.atalaya.agent.library.redis.RedisCommand;
import dev.atalaya.agent.library.redis.RedisNodes;
import dev.atalaya.agent.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * A command, or several as one, on the way to a node that is not chosen yet. It is kept with the
 * command until that is completed.
 */
final class Sent {
  final RedisCommand command;
  final @Nullable String pattern;
  final int database;

  /** A hash of the command's first key. */
  final int keyValue;

  /** A hash of all that the command was given. */
  final int values;

  /** The nodes of which it goes to one; null for a server by itself. */
  final @Nullable RedisNodes nodes;

  /** Null until it is sent; stays null for a command of a batch. */
  @Nullable Span span;

  Sent(
      RedisCommand command,
      @Nullable String pattern,
      int database,
      int keyValue,
      int values,
      @Nullable RedisNodes nodes) {
    this.command = command;
    this.pattern = pattern;
    this.database = database;
    this.keyValue = keyValue;
    this.values = values;
    this.nodes = nodes;
  }
}
