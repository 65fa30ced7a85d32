package dev.atalaya.agent.library.lettuce;

import dev.atalaya.agent.library.redis.RedisCommand;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.privacy.KeyPattern;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Open;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads commands as Lettuce has them, with wrappers around and arguments within. */
final class Commands {
  private static final Getter DELEGATE = new Getter("getDelegate");
  private static final Getter TYPE = new Getter("getType");
  private static final Getter BYTES = new Getter("getBytes");
  private static final Getter ARGUMENTS = new Getter("getArgs");
  private static final Getter KEY = new Getter("getFirstEncodedKey");
  private static final Getter TEXT = new Getter("toCommandString");
  private static final Getter FIRST_INTEGER = new Getter("getFirstInteger");

  private Commands() {}

  static @Nullable RedisCommand of(Object command) {
    Object name = BYTES.of(TYPE.of(command));
    return name instanceof byte[] ? RedisCommand.of((byte[]) name) : null;
  }

  static @Nullable Object arguments(Object command) {
    return ARGUMENTS.of(command);
  }

  static Object innermost(Object command) {
    Object inner = command;
    for (Object next; (next = DELEGATE.of(inner)) != null; ) inner = next;
    return inner;
  }

  /** Null for what is no call of its own, or not to be recorded. */
  static @Nullable Sent sent(
      LettuceLink link,
      @Nullable Object connection,
      RedisCommand command,
      @Nullable Object arguments) {
    if (command.role == RedisCommand.Role.SELECT) {
      Object number = FIRST_INTEGER.of(arguments);
      if (number instanceof Long) link.select(((Long) number).intValue());
    }
    if (!link.takes(command)) return null;
    Open thread = Open.get();
    if (thread.call() != null || thread.isQuiet()) return null;
    link.place(connection);
    int database = link.database(connection);
    if (command.role == RedisCommand.Role.EXEC) {
      return new Sent(RedisCommand.MULTI, null, database, 0, 0, link.nodes);
    }
    byte[] key = key(arguments);
    String pattern = key == null ? null : KeyPattern.of(key);
    int keyValue = Hash.of((Object) key);
    int values = keyValue;
    if (command.effect == SqlText.Kind.READ && !command.isByKeyAlone()) {
      values = Hash.and(values, Hash.of(TEXT.of(arguments)));
    }
    return new Sent(command, pattern, database, keyValue, values, link.nodes);
  }

  private static byte @Nullable [] key(@Nullable Object arguments) {
    Object key = KEY.of(arguments);
    if (!(key instanceof ByteBuffer)) return null;
    ByteBuffer buffer = (ByteBuffer) key;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
