package dev.atalaya.agent.library.redis;

import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.Operation;
import dev.atalaya.agent.detect.Subject;
import dev.atalaya.agent.detect.Suggester;
import dev.atalaya.agent.trace.CallSite;
import dev.atalaya.agent.trace.CallSite.Library;
import dev.atalaya.agent.trace.OperationFamily;
import org.jspecify.annotations.Nullable;

/** How to ask Redis once, in the words of the client that is there. */
public final class RedisSuggester implements Suggester {
  private static final String PIPELINE = "pipeline";
  private static final String LOOP = "instead of the loop";

  @Override
  public @Nullable Fix suggest(Subject subject) {
    if (subject.operation.family != OperationFamily.KEY_VALUE) return null;
    if (subject.kind == Kind.SLOW_QUERY) return new Fix(slow(subject.operation));
    if (!subject.kind.isNPlusOne()) return null;
    return many(subject.operation, subject.site, subject.count, subject.wastedMillis);
  }

  private static Fix many(
      Operation operation, @Nullable CallSite site, int count, double wastedMillis) {
    String better = better(operation);
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
            + millis(wastedMillis);
    Fix fix = new Fix(saving + client(better, site) + expiry(better) + cluster(better));
    return better.equals(PIPELINE) ? pipeline(fix, site) : fix.way(LOOP, code(better, site));
  }

  private static Fix pipeline(Fix fix, @Nullable CallSite site) {
    if (passed(site, Library.SPRING_REDIS)) return fix;
    if (passed(site, Library.JEDIS)) {
      return fix.more("The loop's commands go to the pipeline; answers are there after sync.")
          .way("before the loop", "Pipeline pipeline = jedis.pipelined();")
          .way("behind the loop", "pipeline.sync();");
    }
    if (passed(site, Library.LETTUCE)) {
      return fix.more("On a connection that others use meanwhile, theirs would wait as well.")
          .way(
              "before the loop, whose commands are of async()",
              "connection.setAutoFlushCommands(false);")
          .way("behind the loop, before the answers are awaited", "connection.flushCommands();");
    }
    return fix;
  }

  private static @Nullable String code(String better, @Nullable CallSite site) {
    if (passed(site, Library.SPRING_REDIS)) {
      if (better.equals("MGET")) return "redisTemplate.opsForValue().multiGet(keys)";
      return better.equals("MSET") ? "redisTemplate.opsForValue().multiSet(map)" : null;
    }
    boolean jedis = passed(site, Library.JEDIS);
    if (!jedis && !passed(site, Library.LETTUCE)) return null;
    String client = jedis ? "jedis" : "commands";
    switch (better) {
      case "MGET":
        return client + ".mget(keys.toArray(new String[0]))";
      case "HMGET":
        return client + ".hmget(key, fields.toArray(new String[0]))";
      case "MSET":
        return jedis ? "jedis.mset(keysAndValues)" : "commands.mset(map)";
      case "DEL of many keys":
        return client + ".del(keys.toArray(new String[0]))";
      default:
        return null;
    }
  }

  private static String slow(Operation operation) {
    switch (operation.verb) {
      case "KEYS":
        return "KEYS looks at every key and blocks all clients meanwhile: use SCAN, or keep the"
            + " names in a set.";
      case "SMEMBERS":
      case "HGETALL":
      case "LRANGE":
      case "ZRANGE":
        return operation.verb
            + " reads a whole value: read a part of it, or step by step with SCAN's kin.";
      default:
        return "Look into SLOWLOG: if the command is not there, the time is the network's, a large"
            + " value's, or a wait for a connection.";
    }
  }

  /** The command that does many at once, or a pipeline. */
  private static String better(Operation operation) {
    // With one key for all; else the fields are of different hashes.
    boolean oneKey = !operation.text.contains("{}");
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
        return oneKey ? operation.verb + " of many members" : PIPELINE;
      default:
        return PIPELINE;
    }
  }

  private static String calls(String verb) {
    boolean noun = verb.equals("GET") || verb.equals("SET") || verb.equals("HGET");
    return noun ? verb + "s" : verb + " calls";
  }

  private static String millis(double wasted) {
    if (!(wasted > 0)) return "";
    return wasted < 1 ? ", less than 1 ms" : ", about " + Math.round(wasted) + " ms";
  }

  /** The method's name in the outermost client's own words. */
  private static String client(String better, @Nullable CallSite site) {
    String name = null;
    if (passed(site, Library.SPRING_REDIS)) {
      if (better.equals("MGET")) name = "opsForValue().multiGet(keys)";
      else if (better.equals("HMGET")) name = "opsForHash().multiGet(key, fields)";
      else if (better.equals("MSET")) name = "opsForValue().multiSet(map)";
      else if (better.equals(PIPELINE)) name = "executePipelined";
      else if (better.endsWith("of many keys")) name = "delete(keys)";
    } else if (passed(site, Library.JEDIS)) {
      name = better.equals(PIPELINE) ? "pipelined()" : method(better);
    } else if (passed(site, Library.LETTUCE)) {
      name =
          better.equals(PIPELINE)
              ? "async() between setAutoFlushCommands(false) and flushCommands()"
              : method(better);
    }
    return name == null ? "." : ": " + name + ".";
  }

  private static @Nullable String method(String better) {
    switch (better) {
      case "MGET":
        return "mget(keys)";
      case "HMGET":
        return "hmget(key, fields)";
      case "MSET":
        return "mset";
      default:
        return null;
    }
  }

  private static String expiry(String better) {
    return better.equals("MSET") ? " With an expiry, a pipeline." : "";
  }

  private static String cluster(String better) {
    boolean manyKeys =
        better.equals("MGET") || better.equals("MSET") || better.endsWith("of many keys");
    return manyKeys ? " On a cluster, one for each slot." : "";
  }

  private static boolean passed(@Nullable CallSite site, Library library) {
    return site != null && site.passed(library);
  }
}
