package dev.atalaya.agent.library.hikaricp;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.atalaya.agent.library.ConnectionPoolContract;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import javax.sql.DataSource;

class HikariCpInstrumentationTest implements ConnectionPoolContract {
  @Override
  public LibraryInstrumentation instrumentation() {
    return new HikariCpInstrumentation();
  }

  @Override
  public DataSource open() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(URL);
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(300);
    config.setValidationTimeout(250);
    config.setConnectionInitSql("SELECT 1");
    config.setConnectionTestQuery("SELECT 2");
    config.setAutoCommit(false);
    return new HikariDataSource(config);
  }

  @Override
  public void close(DataSource pool) {
    ((HikariDataSource) pool).close();
  }
}
