package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.SqlText;
import dev.atalaya.agent.trace.Template;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a statement's text tells of its purpose; found out once a template. */
final class Traits {
  /** Findings of one statement whose texts are kept. */
  private static final int RECALLS = 8;

  private static final int FLAGS = Pattern.CASE_INSENSITIVE;

  /** The session's affairs, and a pool's question whether the connection is alive. */
  private static final Pattern HOUSEKEEPING =
      Pattern.compile(
          "(set|show|use|pragma|begin|start|commit|rollback|savepoint|release|discard|reset|listen"
              + "|unlisten|notify|explain|describe|ping|deallocate|prepare|lock|unlock)\\b.*"
              + "|(/\\*.*\\*/)?\\s*(select|values)\\s*\\(?\\s*\\?\\s*\\)?(\\s+from\\s+(dual"
              + "|sysibm\\.sysdummy1|information_schema\\.system_users))?(\\s+where\\s+.*)?"
              + "|select\\s+(version|current_schema|current_database|database|current_user)\\s*"
              + "(\\(\\s*\\))?"
              + "|select\\s+@@.*",
          FLAGS | Pattern.DOTALL);

  private static final Pattern CATALOG =
      Pattern.compile(
          "\\b(information_schema|pg_catalog|pg_class|pg_type|pg_namespace|pg_settings|v\\$\\w+"
              + "|all_tables|all_objects|dba_\\w+|sqlite_master|sqlite_schema"
              + "|flyway_schema_history|databasechangelog\\w*)\\b"
              + "|\\b(from|join|into|update)\\s+[\"`]?(sys|mysql)[\"`]?\\.",
          FLAGS);

  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\\bnextval\\b|\\bnext\\s+value\\s+for\\b|\\bcurrval\\b|\\blastval\\b"
              + "|\\blast_insert_id\\s*\\(|\\bscope_identity\\s*\\(|@@identity\\b"
              + "|\\bidentity_val_local\\b|\\bcall\\s+identity\\s*\\(|\\blast_insert_rowid\\b"
              + "|\\bnext_val\\b.*\\bfrom\\b.*(sequence|_seq)\\w*",
          FLAGS | Pattern.DOTALL);

  private static final Pattern QUEUE =
      Pattern.compile("\\bskip\\s+locked\\b|\\breadpast\\b|\\bpg_(try_)?advisory\\w*lock", FLAGS);
  private static final Pattern REDIS_QUEUE =
      Pattern.compile("(BLMOVE|BLMPOP|B[LR]POP\\w*|BZ\\w*POP\\w*|XREAD\\w*|XAUTOCLAIM)\\b.*");

  private static final Pattern ORDERED =
      Pattern.compile("\\border\\s+by\\b|\\blimit\\b|\\bfetch\\s+(first|next)\\b|\\btop\\b", FLAGS);

  private static final Pattern JOIN = Pattern.compile("\\bjoin\\b", FLAGS);

  final Operation operation;
  final boolean housekeeping;
  final boolean sequence;
  final boolean queue;
  final boolean ordered;

  /** Whether its rows may be those of one table many times over. */
  final boolean joins;

  /** One {@code = ?}, or a key. */
  final boolean point;

  /** A batch, of whatever statement. */
  final boolean batch;

  private final @Nullable Recall[] recalls = new Recall[RECALLS];
  private int nextRecall;

  /** What was kept of the same finding, or null; for the worker. */
  @Nullable Recall recall(Suspect s, Kind kind, String entryPoint) {
    for (Recall one : recalls) if (one != null && one.isOf(s, kind, entryPoint)) return one;
    return null;
  }

  void keep(Recall recall) {
    recalls[nextRecall++ % RECALLS] = recall;
  }

  private Traits(Template template) {
    operation = Operation.of(template);
    String text = String.valueOf(template.text).trim();
    boolean redis = template.datasource.system.equals("redis");
    housekeeping =
        redis
            ? text.startsWith("PING") || text.startsWith("INFO") || text.startsWith("CLUSTER")
            : HOUSEKEEPING.matcher(text).matches() || CATALOG.matcher(text).find();
    sequence = !redis && template.kind != SqlText.Kind.WRITE && SEQUENCE.matcher(text).find();
    queue = redis ? REDIS_QUEUE.matcher(text).matches() : QUEUE.matcher(text).find();
    ordered = !redis && ORDERED.matcher(text).find();
    joins = !redis && JOIN.matcher(text).find();
    point = redis ? text.indexOf(' ') > 0 : equalities(template.contexts) == 1;
    batch =
        template.summary.startsWith("BATCH ") || text.equals("PIPELINE") || text.equals("MULTI");
  }

  static Traits of(Template template) {
    Object known = template.traits;
    if (known instanceof Traits) return (Traits) known;
    Traits made = new Traits(template);
    template.traits = made;
    return made;
  }

  /** Where all conditions are such. */
  private static int equalities(byte[] contexts) {
    int equalities = 0;
    for (byte context : contexts) {
      if (context == SqlText.EQUALS) equalities++;
      else if (context == SqlText.RANGE || context == SqlText.IN || context == SqlText.LIKE)
        return 0;
    }
    return equalities;
  }
}
