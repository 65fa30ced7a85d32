package dev.atalaya.agent;

import dev.atalaya.agent.detect.Suggester;
import dev.atalaya.agent.library.hibernate.HibernateSuggester;
import dev.atalaya.agent.library.redis.RedisSuggester;
import java.util.Arrays;
import java.util.List;

/** The libraries that have words of their own for what to change, in the order to ask them in. */
public final class Suggesters {
  private Suggesters() {}

  public static List<Suggester> all() {
    return Arrays.asList(new HibernateSuggester(), new RedisSuggester());
  }
}
