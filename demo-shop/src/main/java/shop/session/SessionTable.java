package shop.session;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of sessions: every one that is alive, whatever Redis knows. */
final class SessionTable {
  private final JdbcTemplate jdbc;

  SessionTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  byte @Nullable [] find(String id) {
    List<byte[]> found =
        jdbc.query(
            """
            select content from sessions
            where id = ? and ended_at is null and expires_at > now()
            """,
            (row, i) -> row.getBytes("content"),
            id);
    return found.isEmpty() ? null : found.get(0);
  }

  void insert(String id, byte[] content, Duration life) {
    jdbc.update(
        """
        insert into sessions (id, content, expires_at)
        values (?, ?, now() + make_interval(secs => ?))
        """,
        id,
        content,
        life.toSeconds());
  }

  /** Returns false where the session has ended meanwhile: it stays so. */
  boolean update(String id, byte[] content, Duration life) {
    return jdbc.update(
            """
            update sessions set content = ?, expires_at = now() + make_interval(secs => ?)
            where id = ? and ended_at is null
            """,
            content,
            life.toSeconds(),
            id)
        == 1;
  }

  void end(String id) {
    jdbc.update("update sessions set ended_at = now() where id = ? and ended_at is null", id);
  }

  /** Sessions that ended so long ago, or longer. */
  List<String> ended(Duration ago) {
    return jdbc.queryForList(
        """
        select id from sessions where ended_at <= now() - make_interval(secs => ?)
        order by ended_at limit 1000
        """,
        String.class,
        ago.toSeconds());
  }

  void remove(List<String> ids) {
    jdbc.update("delete from sessions where id = any (?)", (Object) ids.toArray(String[]::new));
  }

  int removeExpired() {
    return jdbc.update("delete from sessions where expires_at <= now()");
  }
}
