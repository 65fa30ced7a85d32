package dev.atalaya.agent.library.dbcp;

import dev.atalaya.agent.library.ConnectionPoolContract;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

class DbcpInstrumentationTest implements ConnectionPoolContract {
  @Override
  public LibraryInstrumentation instrumentation() {
    return new DbcpInstrumentation();
  }

  @Override
  public DataSource open() {
    BasicDataSource pool = new BasicDataSource();
    pool.setUrl(URL);
    pool.setMaxTotal(2);
    pool.setMaxWait(Duration.ofMillis(300));
    pool.setConnectionInitSqls(List.of("SELECT 1"));
    pool.setValidationQuery("SELECT 2");
    pool.setTestOnBorrow(true);
    pool.setTestOnReturn(true);
    pool.setDefaultAutoCommit(false);
    return pool;
  }

  @Override
  public void close(DataSource pool) throws SQLException {
    ((BasicDataSource) pool).close();
  }
}
