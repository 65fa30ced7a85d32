package dev.atalaya.agent.library.jedis;

import dev.atalaya.agent.library.redis.RedisCommand;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.sql.SqlText;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A command's arguments as Jedis has them: {@code byte[][]}, or an Iterable of the command itself
 * and then its arguments, all with a {@code byte[] getRaw()}.
 */
final class JedisArguments {
  private static final int MOST_HASHED = 16;
  private static final Getter RAW = new Getter("getRaw");

  private JedisArguments() {}

  static byte @Nullable [] get(@Nullable Object arguments, int index) {
    if (arguments instanceof byte[][]) {
      byte[][] all = (byte[][]) arguments;
      return index < all.length ? all[index] : null;
    }
    if (!(arguments instanceof Iterable)) return null;
    Iterator<?> all = ((Iterable<?>) arguments).iterator();
    for (int i = 0; i <= index && all.hasNext(); i++) all.next();
    Object raw = all.hasNext() ? RAW.of(all.next()) : null;
    return raw instanceof byte[] ? (byte[]) raw : null;
  }

  /** A hash of all that a read was given; of other commands {@code key}, the hash of the key. */
  static int hash(RedisCommand command, int key, @Nullable Object arguments) {
    int hash = key;
    if (command.effect != SqlText.Kind.READ || command.isByKeyAlone()) return hash;
    for (int i = 1; i < MOST_HASHED; i++) {
      byte[] more = get(arguments, command.keyIndex() + i);
      if (more == null) return hash;
      hash = Hash.and(hash, Hash.of((Object) more));
    }
    return get(arguments, command.keyIndex() + MOST_HASHED) == null ? hash : Hash.UNKNOWN;
  }

  /** The first argument as a number, below 0 where it is none. */
  static int number(@Nullable Object arguments) {
    byte[] digits = get(arguments, 0);
    if (digits == null || digits.length == 0 || digits.length > 6) return -1;
    int number = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') return -1;
      number = number * 10 + digit - '0';
    }
    return number;
  }
}
