package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.OperationFamily;
import java.util.EnumMap;
import java.util.Map;

/** The rules of each family. */
final class Families {
  private static final Map<OperationFamily, FamilyRules> RULES =
      new EnumMap<>(OperationFamily.class);

  static {
    RULES.put(OperationFamily.SQL, new SqlRules());
    RULES.put(OperationFamily.KEY_VALUE, new KeyValueRules());
    RULES.put(OperationFamily.HTTP, new HttpRules());
  }

  private Families() {}

  static FamilyRules rules(OperationFamily family) {
    FamilyRules rules = RULES.get(family);
    if (rules == null) throw new IllegalStateException("no rules for " + family);
    return rules;
  }
}
