package dev.atalaya.agent.detect;

import dev.atalaya.agent.config.Option;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Template;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Statements: their text tells what they are for, and their rows what follows from them. */
final class SqlRules extends FamilyRules {
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

  private static final Pattern ORDERED =
      Pattern.compile("\\border\\s+by\\b|\\blimit\\b|\\bfetch\\s+(first|next)\\b|\\btop\\b", FLAGS);

  private static final Pattern JOIN = Pattern.compile("\\bjoin\\b", FLAGS);

  @Override
  Option<Integer> threshold(boolean request, boolean writes) {
    if (writes) return request ? Options.N_PLUS_ONE_WRITES : Options.N_PLUS_ONE_JOB_WRITES;
    return request ? Options.N_PLUS_ONE_READS : Options.N_PLUS_ONE_JOB_READS;
  }

  @Override
  @Nullable Kind repeated(OperationSummary s) {
    if (s.operation.isWrite()) return Kind.N_PLUS_ONE_WRITE;
    if (s.operation.effect != SqlText.Kind.READ) return null;
    boolean caused = s.fit != null && s.fit != Cause.Fit.JOIN;
    return s.isFromOneLine() || caused ? Kind.N_PLUS_ONE : null;
  }

  @Override
  String sentTogether() {
    return "as batches";
  }

  @Override
  Fix suggest(Subject subject) {
    return SqlSuggestion.of(subject);
  }

  @Override
  void read(Template template, Traits into) {
    super.read(template, into);
    String text = String.valueOf(template.text).trim();
    into.housekeeping = HOUSEKEEPING.matcher(text).matches() || CATALOG.matcher(text).find();
    into.sequence = template.kind != SqlText.Kind.WRITE && SEQUENCE.matcher(text).find();
    into.queue = QUEUE.matcher(text).find();
    into.ordered = ORDERED.matcher(text).find();
    into.joins = JOIN.matcher(text).find();
    into.point = equalities(template.contexts) == 1;
  }

  @Override
  boolean sizesBatches() {
    return true;
  }

  /** How many conditions compare for equality, if all do; else 0. */
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
