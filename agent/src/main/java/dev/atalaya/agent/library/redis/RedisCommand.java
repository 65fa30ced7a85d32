package dev.atalaya.agent.library.redis;

import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Purpose;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Redis command: its name, what it means to a trace, and which argument is its first key.
 *
 * <p>Only commands that are known to have a key show one: the first argument of {@code AUTH}, of a
 * script or of a module's command may be anything.
 */
public final class RedisCommand {
  public enum Role {
    PLAIN,
    /** A read whose null means that the value is not there. */
    LOOKUP,
    MULTI,
    EXEC,
    DISCARD,
    /** Changes the connection's database. */
    SELECT,
    /** The connection's own affairs, which pools and drivers send unasked, or a subscription. */
    SILENT
  }

  private static final String FIRST =
      "APPEND BITCOUNT BITFIELD BITFIELD_RO BITPOS BLMOVE BLPOP BRPOP BRPOPLPUSH BZPOPMAX BZPOPMIN"
          + " COPY DECR DECRBY DEL DUMP EXISTS EXPIRE EXPIREAT EXPIRETIME GEOADD GEODIST GEOHASH"
          + " GEOPOS GEORADIUS GEORADIUSBYMEMBER GEOSEARCH GEOSEARCHSTORE GET GETBIT GETDEL GETEX"
          + " GETRANGE GETSET HDEL HEXISTS HEXPIRE HGET HGETALL HGETDEL HGETEX HINCRBY HINCRBYFLOAT"
          + " HKEYS HLEN HMGET HMSET HPEXPIRE HPERSIST HPTTL HRANDFIELD HSCAN HSET HSETEX HSETNX"
          + " HSTRLEN HTTL HVALS INCR INCRBY INCRBYFLOAT LCS LINDEX LINSERT LLEN LMOVE LPOP LPOS"
          + " LPUSH LPUSHX LRANGE LREM LSET LTRIM MGET MOVE MSET MSETNX PERSIST PEXPIRE PEXPIREAT"
          + " PEXPIRETIME PFADD PFCOUNT PFMERGE PSETEX PTTL RENAME RENAMENX RESTORE RPOP RPOPLPUSH"
          + " RPUSH RPUSHX SADD SCARD SDIFF SDIFFSTORE SET SETBIT SETEX SETNX SETRANGE SINTER"
          + " SINTERSTORE SISMEMBER SMEMBERS SMISMEMBER SMOVE SORT SORT_RO SPOP SRANDMEMBER SREM"
          + " SSCAN STRLEN SUBSTR SUNION SUNIONSTORE TOUCH TTL TYPE UNLINK VADD VCARD VSIM WATCH"
          + " XACK XADD XAUTOCLAIM XCLAIM XDEL XLEN XPENDING XRANGE XREVRANGE XTRIM ZADD ZCARD"
          + " ZCOUNT ZDIFFSTORE ZINCRBY ZINTERSTORE ZLEXCOUNT ZMSCORE ZPOPMAX ZPOPMIN ZRANDMEMBER"
          + " ZRANGE ZRANGEBYLEX ZRANGEBYSCORE ZRANGESTORE ZRANK ZREM ZREMRANGEBYLEX"
          + " ZREMRANGEBYRANK ZREMRANGEBYSCORE ZREVRANGE ZREVRANGEBYLEX ZREVRANGEBYSCORE ZREVRANK"
          + " ZSCAN ZSCORE ZUNIONSTORE JSON.DEL JSON.GET JSON.MERGE JSON.MGET JSON.SET TS.ADD"
          + " TS.GET TS.RANGE BF.ADD BF.EXISTS CF.ADD CF.EXISTS";
  private static final String SECOND =
      "BITOP OBJECT SINTERCARD XGROUP XINFO ZDIFF ZINTER ZINTERCARD ZUNION LMPOP ZMPOP";
  private static final String THIRD =
      "EVAL EVALSHA EVAL_RO EVALSHA_RO FCALL FCALL_RO BLMPOP BZMPOP";
  private static final String LOOKUPS = "GET GETEX HGET HMGET MGET";
  private static final String SILENT =
      "ASKING AUTH CLIENT HELLO MONITOR PSUBSCRIBE PUNSUBSCRIBE QUIT READONLY READWRITE RESET"
          + " SENTINEL SSUBSCRIBE SUBSCRIBE SUNSUBSCRIBE UNSUBSCRIBE";

  private static final Set<String> MULTI_READS =
      words(
          "HGETALL HKEYS HMGET HRANDFIELD HSCAN HVALS JSON.MGET LRANGE MGET SDIFF SINTER SMEMBERS"
              + " SORT_RO SRANDMEMBER SSCAN SUNION XRANGE XREVRANGE ZDIFF ZINTER ZMSCORE"
              + " ZRANDMEMBER ZRANGE ZRANGEBYLEX ZRANGEBYSCORE ZREVRANGE ZREVRANGEBYLEX"
              + " ZREVRANGEBYSCORE ZSCAN ZUNION KEYS SCAN");
  private static final Set<String> BY_KEY =
      words(
          "DUMP EXISTS GET HGETALL HKEYS HLEN HVALS LLEN PTTL SCARD SMEMBERS STRLEN TTL TYPE"
              + " ZCARD");
  private static final Set<String> READS =
      words(
          "BITCOUNT BITFIELD_RO BITPOS DUMP EXISTS EXPIRETIME GEODIST GEOHASH GEOPOS GEOSEARCH GET"
              + " GETBIT GETEX GETRANGE HEXISTS HGET HLEN HPTTL HSTRLEN HTTL JSON.GET LCS LINDEX"
              + " LLEN LPOS OBJECT PEXPIRETIME PFCOUNT PTTL SCARD SINTERCARD SISMEMBER SMISMEMBER"
              + " STRLEN SUBSTR TS.GET TS.RANGE TTL TYPE VCARD VSIM XINFO XLEN XPENDING ZCARD"
              + " ZCOUNT ZINTERCARD ZLEXCOUNT ZRANK ZREVRANK ZSCORE BF.EXISTS CF.EXISTS");

  private static final Set<String> HOUSEKEEPING = words("CLUSTER INFO PING");

  /** These wait until another client has done something. */
  private static final Set<String> WAITS =
      words(
          "BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN XAUTOCLAIM XREAD"
              + " XREADGROUP");

  private static final Map<String, Integer> KEYS = new HashMap<>();
  private static final Map<String, Role> ROLES = new HashMap<>();

  static {
    READS.addAll(MULTI_READS);
    for (String name : FIRST.split(" ")) KEYS.put(name, 0);
    for (String name : SECOND.split(" ")) KEYS.put(name, 1);
    for (String name : THIRD.split(" ")) KEYS.put(name, 2);
    for (String name : LOOKUPS.split(" ")) ROLES.put(name, Role.LOOKUP);
    for (String name : SILENT.split(" ")) ROLES.put(name, Role.SILENT);
    for (Role role : new Role[] {Role.MULTI, Role.EXEC, Role.DISCARD, Role.SELECT}) {
      ROLES.put(role.name(), role);
    }
  }

  /** Commands sent together; no command of Redis. */
  public static final RedisCommand PIPELINE =
      new RedisCommand("PIPELINE".getBytes(StandardCharsets.UTF_8));

  /** A transaction, from its first command to its answer. */
  public static final RedisCommand MULTI =
      new RedisCommand("MULTI".getBytes(StandardCharsets.UTF_8));

  private static final int LONGEST = 64;

  /** By hash; what finds no free place is made anew. Lost writes of a race are made again. */
  private static final RedisCommand[] KNOWN = new RedisCommand[1024];

  public final String name;
  public final Role role;

  /** What it does to its keys; what waits for another client is neither. */
  public final SqlText.Kind effect;

  public final Purpose purpose;

  /** Several sent together, as one. */
  public final boolean batch;

  private final byte[] raw;
  private final int key;
  private final boolean multiRead;

  private RedisCommand(byte[] raw) {
    this.raw = raw.clone();
    int length = Math.min(raw.length, LONGEST);
    name = new String(raw, 0, length, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
    role = ROLES.getOrDefault(name, Role.PLAIN);
    key = KEYS.getOrDefault(name, -1);
    multiRead = MULTI_READS.contains(name);
    effect = effect(name, key);
    purpose =
        HOUSEKEEPING.contains(name)
            ? Purpose.HOUSEKEEPING
            : WAITS.contains(name) ? Purpose.WAITING : Purpose.WORK;
    batch = role == Role.MULTI || name.equals("PIPELINE");
  }

  /** The command that a client sends as {@code raw}, in whatever case. */
  public static RedisCommand of(byte[] raw) {
    int slot = Arrays.hashCode(raw);
    slot ^= slot >>> 10;
    for (int i = 0; i < 4; i++) {
      RedisCommand known = KNOWN[(slot + i) & 1023];
      if (known == null) return KNOWN[(slot + i) & 1023] = new RedisCommand(raw);
      if (Arrays.equals(known.raw, raw)) return known;
    }
    return new RedisCommand(raw);
  }

  private static SqlText.Kind effect(String name, int key) {
    if (READS.contains(name)) return SqlText.Kind.READ;
    return key < 0 || WAITS.contains(name) ? SqlText.Kind.OTHER : SqlText.Kind.WRITE;
  }

  private static Set<String> words(String text) {
    return new HashSet<>(Arrays.asList(text.split(" ")));
  }

  /** What is shown of it, with the pattern of its key. */
  public String text(@Nullable String pattern) {
    return pattern == null ? name : name + " " + pattern;
  }

  public boolean isLookup() {
    return role == Role.LOOKUP;
  }

  /** A read of many values, which may be what later operations follow from. */
  public boolean isMultiRead() {
    return multiRead;
  }

  /** A read of many that answers each with its value. */
  public boolean isOfPairs() {
    return name.equals("HGETALL");
  }

  /** A read that its key alone describes; others differ in more. */
  public boolean isByKeyAlone() {
    return BY_KEY.contains(name);
  }

  /** The place of the first key among the arguments, or below 0. */
  public int keyIndex() {
    return key;
  }
}
