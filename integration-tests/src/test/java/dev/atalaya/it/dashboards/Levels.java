package dev.atalaya.it.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where a value is on target, acceptable, bad and critical; the colours are the same everywhere.
 */
final class Levels {
  private static final String TARGET = "green";
  private static final String ACCEPTABLE = "yellow";
  private static final String BAD = "orange";
  private static final String CRITICAL = "red";

  /** A complex query's, of the shop's endpoint classes. */
  static final Levels SECONDS = rising(0.2, 0.5, 1);

  static final Levels ERRORS = rising(0.001, 0.01, 0.05);
  static final Levels APDEX = falling(0.5, 0.85, 0.94);
  static final Levels HIT_RATE = falling(0.5, 0.8, 0.9);
  static final Levels USE = rising(0.7, 0.8, 0.9);
  static final Levels STATEMENTS = rising(10, 20, 50);

  /** Nothing of it is the target. */
  static final Levels NONE = rising(0.000001, 0.1, 1);

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  private Levels(String lowest) {
    json.put("mode", "absolute");
    json.putArray("steps").addObject().put("color", lowest).putNull("value");
  }

  /** Less is better: on target below the first, critical from the last on. */
  static Levels rising(double target, double acceptable, double critical) {
    return new Levels(TARGET)
        .from(target, ACCEPTABLE)
        .from(acceptable, BAD)
        .from(critical, CRITICAL);
  }

  /** More is better: critical below the first, on target from the last on. */
  static Levels falling(double critical, double acceptable, double target) {
    return new Levels(CRITICAL)
        .from(critical, BAD)
        .from(acceptable, ACCEPTABLE)
        .from(target, TARGET);
  }

  private Levels from(double value, String color) {
    ((ArrayNode) json.get("steps")).addObject().put("color", color).put("value", value);
    return this;
  }

  ObjectNode json() {
    return json.deepCopy();
  }
}
