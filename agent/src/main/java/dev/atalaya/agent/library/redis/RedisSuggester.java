package dev.atalaya.agent.library.redis;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.Operation;
import dev.atalaya.agent.detect.Subject;
import dev.atalaya.agent.detect.Suggester;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How to ask Redis once, in the words of the client that is there. */
@AutoService(Suggester.class)
public final class RedisSuggester implements Suggester {
  private static final String PIPELINE = "pipeline";
  private static final String LOOP = "instead of the loop";
  private static final String MEMBERS = " of many members";
  private static final String ARRAY = ".toArray(new String[0])";
  private static final String VALUES = ".toArray(new ScoredValue[0]))";

  @Override
  public Layer layer() {
    return Layer.CLIENT;
  }

  @Override
  public @Nullable Fix suggest(Subject subject) {
    if (!subject.operation.system.equals("redis")) return null;
    if (subject.kind == Kind.SLOW_QUERY) return new Fix(slow(subject.operation));
    if (!subject.kind.isNPlusOne()) return null;
    return many(subject, subject.operation, subject.site);
  }

  private static Fix many(Subject subject, Operation operation, @Nullable CallSite site) {
    int count = subject.count;
    String better = better(operation, hasOneKey(subject));
    String code = code(better, site);
    String saving =
        "One "
            + better
            + " instead of "
            + count
            + " "
            + calls(operation.verb)
            + " saves "
            + (count - 1)
            + " round trips"
            + millis(subject.wastedMillis);
    String method = better.equals(PIPELINE) ? pipelined(site) : method(code);
    String named = method == null ? "." : ": " + method + ".";
    Fix fix = new Fix(saving + named + expiry(better) + cluster(better));
    return better.equals(PIPELINE) ? pipeline(fix, site) : fix.way(LOOP, code);
  }

  private static Fix pipeline(Fix fix, @Nullable CallSite site) {
    if (passed(site, "spring-redis")) {
      fix.more("In it the template's calls answer null; the list has the answers in order.")
          .way(
              "before the loop",
              "List<Object> answers = redisTemplate.executePipelined(new SessionCallback<Object>()"
                  + " {\n"
                  + "  @Override public <K, V> Object execute(RedisOperations<K, V> operations) {")
          .way("behind the loop", "return null; }\n});");
      if (!passed(site, "lettuce")) return fix;
      return fix.more("Lettuce sends each command by itself, unless it is told to wait.")
          .way(
              "the connection factory",
              "connectionFactory.setPipeliningFlushPolicy(PipeliningFlushPolicy.flushOnClose());");
    }
    if (passed(site, "jedis")) {
      return fix.more("The loop's commands go to the pipeline; answers are there after sync.")
          .way("before the loop", "Pipeline pipeline = jedis.pipelined();")
          .way("behind the loop", "pipeline.sync();");
    }
    if (passed(site, "lettuce")) {
      return fix.more("On a connection that others use meanwhile, theirs would wait as well.")
          .way(
              "before the loop, whose commands are of async()",
              "connection.setAutoFlushCommands(false);")
          .way(
              "behind the loop, before the answers are awaited",
              "connection.flushCommands();\nconnection.setAutoFlushCommands(true);");
    }
    return fix;
  }

  private static @Nullable String code(String better, @Nullable CallSite site) {
    if (passed(site, "spring-redis")) return spring(better);
    if (passed(site, "jedis")) return direct(better, "jedis", "keysAndValues");
    return passed(site, "lettuce") ? direct(better, "commands", "map") : null;
  }

  private static @Nullable String spring(String better) {
    switch (better) {
      case "MGET":
        return "redisTemplate.opsForValue().multiGet(keys)";
      case "MSET":
        return "redisTemplate.opsForValue().multiSet(map)";
      case "HMGET":
        return "redisTemplate.opsForHash().multiGet(key, fields)";
      case "DEL of many keys":
        return "redisTemplate.delete(keys)";
      case "UNLINK of many keys":
        return "redisTemplate.unlink(keys)";
      case "HSET of many members":
        return "redisTemplate.opsForHash().putAll(key, map)";
      case "SADD of many members":
        return "redisTemplate.opsForSet().add(key, members" + ARRAY + ")";
      case "ZADD of many members":
        return "redisTemplate.opsForZSet().add(key, tuples)";
      case "LPUSH of many members":
        return "redisTemplate.opsForList().leftPushAll(key, members)";
      case "RPUSH of many members":
        return "redisTemplate.opsForList().rightPushAll(key, members)";
      case "SMISMEMBER":
        return "redisTemplate.opsForSet().isMember(key, members.toArray())";
      case "ZMSCORE":
        return "redisTemplate.opsForZSet().score(key, members.toArray())";
      default:
        return null;
    }
  }

  /** Jedis' and Lettuce's methods have the commands' names. */
  private static @Nullable String direct(String better, String client, String pairs) {
    String call = client + "." + better.split(" ")[0].toLowerCase(Locale.ROOT);
    switch (better) {
      case "MSET":
        return call + "(" + pairs + ")";
      case "HMGET":
        return call + "(key, fields" + ARRAY + ")";
      case "HSET of many members":
        return call + "(key, map)";
      case "ZADD of many members":
        return call + (client.equals("jedis") ? "(key, scores)" : "(key, scoredMembers" + VALUES);
      default:
        return call + (hasManyKeys(better) ? "(keys" : "(key, members") + ARRAY + ")";
    }
  }

  private static String slow(Operation operation) {
    switch (operation.verb) {
      case "KEYS":
        return "KEYS looks at every key and blocks all clients meanwhile: use SCAN, or keep the"
            + " names in a set.";
      case "SMEMBERS":
      case "HGETALL":
        return operation.verb
            + " reads a whole value: read a part of it, or step by step by "
            + operation.verb.charAt(0)
            + "SCAN.";
      case "LRANGE":
      case "ZRANGE":
        return operation.verb + " may read much at once: ask for a shorter range, page by page.";
      default:
        return "Look into SLOWLOG: if the command is not there, the time is the network's, a large"
            + " value's, or a wait for a connection.";
    }
  }

  /** The command that does many at once, or a pipeline. */
  private static String better(Operation operation, boolean oneKey) {
    switch (operation.verb) {
      case "GET":
        return "MGET";
      case "SET":
        return "MSET";
      case "DEL":
      case "UNLINK":
        return operation.verb + " of many keys";
      case "HGET":
        return oneKey ? "HMGET" : PIPELINE;
      case "SISMEMBER":
        return oneKey ? "SMISMEMBER" : PIPELINE;
      case "ZSCORE":
        return oneKey ? "ZMSCORE" : PIPELINE;
      case "HSET":
      case "SADD":
      case "ZADD":
      case "LPUSH":
      case "RPUSH":
        return oneKey ? operation.verb + MEMBERS : PIPELINE;
      default:
        return PIPELINE;
    }
  }

  /** Else the fields or members are those of different keys. */
  private static boolean hasOneKey(Subject subject) {
    return subject.figures == null
        ? !subject.operation.text.contains("{}")
        : subject.figures.hasOneKey();
  }

  private static String calls(String verb) {
    boolean noun = verb.equals("GET") || verb.equals("SET") || verb.equals("HGET");
    return noun ? verb + "s" : verb + " calls";
  }

  private static String millis(double wasted) {
    if (!(wasted > 0)) return "";
    return wasted < 1 ? ", less than 1 ms" : ", about " + Math.round(wasted) + " ms";
  }

  /** {@code mget(keys)}: the code without the object's name. */
  private static @Nullable String method(@Nullable String code) {
    return code == null
        ? null
        : code.substring(code.indexOf('.') + 1).replace(ARRAY, "").replace(VALUES, ")");
  }

  private static @Nullable String pipelined(@Nullable CallSite site) {
    if (passed(site, "spring-redis")) return "executePipelined";
    if (passed(site, "jedis")) return "pipelined()";
    if (!passed(site, "lettuce")) return null;
    return "async() between setAutoFlushCommands(false) and flushCommands()";
  }

  private static String expiry(String better) {
    return better.equals("MSET") ? " With an expiry, a pipeline." : "";
  }

  private static String cluster(String better) {
    return hasManyKeys(better) ? " On a cluster, one for each slot." : "";
  }

  private static boolean hasManyKeys(String better) {
    return better.equals("MGET") || better.equals("MSET") || better.endsWith("of many keys");
  }

  private static boolean passed(@Nullable CallSite site, String tag) {
    return site != null && site.passed(tag);
  }
}
