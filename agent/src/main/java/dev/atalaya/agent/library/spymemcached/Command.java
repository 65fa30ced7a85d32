package dev.atalaya.agent.library.spymemcached;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.privacy.KeyPattern;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.sql.SqlText;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operation asks for, or several that are one get of many keys. */
final class Command {
  /** As the client calls it; to Memcached it is a get like others. */
  private static final String BULK = "getBulk";

  private static final int MOST_HASHED = 16;

  private static final Set<String> LOOKUPS =
      new HashSet<>(Arrays.asList("get", BULK, "gets", "gat"));

  /** Getting with a lock or with another expiry changes something. */
  private static final Set<String> READS = new HashSet<>(Arrays.asList("get", BULK, "gets"));

  private static final Getter KEYS = new Getter("getKeys");
  private static final Getter STORE = new Getter("getStoreType");
  private static final Getter MUTATOR = new Getter("getType");

  private static final ClassValue<String> NAMES =
      new ClassValue<String>() {
        @Override
        protected String computeValue(Class<?> type) {
          String name = type.getSimpleName().replace("OperationImpl", "").toLowerCase(Locale.ROOT);
          return name.equals("getandtouch") ? "gat" : name;
        }
      };

  final String name;

  /** The name with the pattern of its key, or of the first where it has several. */
  final String text;

  final SqlText.Kind effect;

  /** A hash of its keys. */
  final int keys;

  /** How many keys it has. */
  final int asked;

  private Command(String name, @Nullable String firstKey, int keys, int asked) {
    this.name = name;
    this.text = firstKey == null ? name : name + " " + KeyPattern.of(firstKey);
    this.effect = READS.contains(name) ? SqlText.Kind.READ : SqlText.Kind.WRITE;
    this.keys = keys;
    this.asked = asked;
  }

  static Command of(Object operation) {
    return of(name(operation), Arrays.asList(operation));
  }

  static Command bulk(Collection<?> operations) {
    return of(BULK, operations);
  }

  private static Command of(String name, Collection<?> operations) {
    String first = null;
    int hash = 1;
    int asked = 0;
    for (Object operation : operations) {
      Object keys = KEYS.of(operation);
      if (!(keys instanceof Collection)) continue;
      for (Object key : (Collection<?>) keys) {
        if (first == null) first = String.valueOf(key);
        hash = asked++ < MOST_HASHED ? Hash.and(hash, Hash.of(key)) : Hash.UNKNOWN;
      }
    }
    return new Command(name, first, asked == 0 ? Hash.UNKNOWN : hash, asked);
  }

  /** Stores of all kinds have one class, and so have increment and decrement. */
  private static String name(Object operation) {
    String name = NAMES.get(operation.getClass());
    switch (name) {
      case "store":
      case "concatenation":
        return STORE.text(operation);
      case "mutator":
        return MUTATOR.text(operation);
      default:
        return name;
    }
  }

  boolean isLookup() {
    return LOOKUPS.contains(name);
  }

  boolean readsMany() {
    return name.equals(BULK);
  }
}
