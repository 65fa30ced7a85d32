package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Template;
import java.util.EnumMap;
import java.util.Map;

/** The rules of each family, and what they read from a template. */
final class Families {
  private static final Map<OperationFamily, FamilyRules> RULES =
      new EnumMap<>(OperationFamily.class);

  static {
    RULES.put(OperationFamily.SQL, new SqlRules());
    RULES.put(OperationFamily.KEY_VALUE, new KeyValueRules());
    RULES.put(OperationFamily.HTTP, new HttpRules());
    RULES.put(OperationFamily.RPC, new RpcRules());
  }

  private Families() {}

  static FamilyRules of(Operation operation) {
    return of(operation.family);
  }

  static FamilyRules of(OperationFamily family) {
    FamilyRules rules = RULES.get(family);
    if (rules == null) throw new IllegalStateException("no rules for " + family);
    return rules;
  }

  /** What is known of a template for good; read from its text once. */
  static Traits traits(Template template) {
    Object known = template.traits;
    if (known instanceof Traits) return (Traits) known;
    Traits made = new Traits(Operation.of(template));
    of(made.operation).read(template, made);
    template.traits = made;
    return made;
  }
}
