package dev.atalaya.agent.trace;

import dev.atalaya.agent.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The state of a stored procedure's call, whose parameters may be bound by their names: these stand
 * in the order in which they came first.
 */
final class CallState extends StatementState {
  private final List<String> names = new ArrayList<>(4);

  CallState(Wording wording) {
    super(wording);
  }

  @Override
  int index(String name) {
    if (name == null) return 0;
    String known = name.toLowerCase(Locale.ROOT);
    int index = names.indexOf(known);
    if (index >= 0) return index + 1;
    if (names.size() == SqlText.MAX_POSITIONS) return 0;
    names.add(known);
    return names.size();
  }
}
