package dev.atalaya.agent.library.tomcatjdbc;

import dev.atalaya.agent.library.ConnectionPoolContract;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import javax.sql.DataSource;

class TomcatJdbcInstrumentationTest implements ConnectionPoolContract {
  @Override
  public LibraryInstrumentation instrumentation() {
    return new TomcatJdbcInstrumentation();
  }

  @Override
  public DataSource open() {
    org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource();
    pool.setUrl(URL);
    pool.setDriverClassName("org.h2.Driver");
    pool.setMaxActive(2);
    pool.setInitialSize(1);
    pool.setMaxWait(300);
    pool.setInitSQL("SELECT 1");
    pool.setValidationQuery("SELECT 2");
    pool.setTestOnBorrow(true);
    pool.setTestOnReturn(true);
    pool.setValidationInterval(0);
    pool.setDefaultAutoCommit(false);
    pool.setRollbackOnReturn(true);
    return pool;
  }

  @Override
  public void close(DataSource pool) {
    ((org.apache.tomcat.jdbc.pool.DataSource) pool).close();
  }
}
