package dev.atalaya.agent.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasourceUrlTest {
  private static String read(String url) {
    DatasourceUrl parsed = DatasourceUrl.parse(url, null);
    return parsed.system() + " " + parsed.host() + " " + parsed.port() + " " + parsed.namespace();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          jdbc:postgresql://db:5433/shop?user=u&password=p => postgresql db 5433 shop
          jdbc:postgresql://db/shop?currentSchema=sales,public => postgresql db 5432 shop|sales
          jdbc:postgresql://one:5433,two:5434/shop => postgresql one 5433 shop
          jdbc:postgresql://[::1]:5433/shop => postgresql ::1 5433 shop
          jdbc:postgresql:shop => postgresql localhost 5432 shop
          jdbc:postgresql:/ => postgresql localhost 5432 null
          jdbc:postgresql://u:p@db/shop => postgresql db 5432 shop
          jdbc:postgresql://u:p/w@db/shop => postgresql db 5432 shop
          jdbc:redshift://c.x.eu.redshift.amazonaws.com/dev => aws.redshift c.x.eu.redshift.amazonaws.com 5439 dev
          jdbc:mysql://db/shop?user=u => mysql db 3306 shop
          jdbc:mysql:loadbalance://one:3307,two/shop => mysql one 3307 shop
          jdbc:mysql:replication://one,two/shop => mysql one 3306 shop
          jdbc:mysql://address=(protocol=tcp)(host=db)(port=3307)(user=u)/shop => mysql db 3307 shop
          jdbc:mysql://(host=db,port=3307,user=u)/shop => mysql db 3307 shop
          jdbc:mysql:///shop => mysql localhost 3306 shop
          jdbc:mysql://u:p@db:3307 => mysql db 3307 null
          jdbc:mysql+srv://db/shop => mysql db 3306 shop
          jdbc:mariadb:sequential://one,two/shop => mariadb one 3306 shop
          jdbc:mariadb://address=(type=master)(host=db)/shop => mariadb db 3306 shop
          jdbc:h2:mem:test;DB_CLOSE_DELAY=-1;USER=sa => h2database null 0 test
          jdbc:h2:mem: => h2database null 0 null
          jdbc:h2:file:~/data/shop => h2database null 0 shop
          jdbc:h2:./shop => h2database null 0 shop
          jdbc:h2:file:C:\\data\\shop => h2database null 0 shop
          jdbc:h2:tcp://db:9093/~/shop;PASSWORD=p => h2database db 9093 shop
          jdbc:h2:tcp://db/mem:shop => h2database db 9092 shop
          jdbc:hsqldb:mem:shop => hsqldb null 0 shop
          jdbc:hsqldb:hsql://db/shop;user=u => hsqldb db 9001 shop
          jdbc:hsqldb:file:/opt/db/shop => hsqldb null 0 shop
          jdbc:derby://db:1528/shop;user=u;password=p => derby db 1528 shop
          jdbc:derby:memory:shop;create=true => derby null 0 shop
          jdbc:derby:shop => derby null 0 shop
          jdbc:sqlite:/var/lib/shop.db => sqlite null 0 shop.db
          jdbc:sqlite::memory: => sqlite null 0 memory
          jdbc:sqlite: => sqlite null 0 null
          jdbc:oracle:thin:@//db:1522/ORCL => oracle.db db 1522 ORCL
          jdbc:oracle:thin:@db:1522:XE => oracle.db db 1522 XE
          jdbc:oracle:thin:@db:1521/orcl.example.com => oracle.db db 1521 orcl.example.com
          jdbc:oracle:thin:u/p@db:1521:XE => oracle.db db 1521 XE
          jdbc:oracle:thin:@tcps://db/ORCL?wallet_location=/x => oracle.db db 1521 ORCL
          jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1522))(CONNECT_DATA=(SERVICE_NAME=ORCL))) => oracle.db db 1522 ORCL
          jdbc:oracle:oci:@(description=(address=(host = db))(connect_data=(sid = XE))) => oracle.db db 1521 XE
          jdbc:oracle:thin:@shop_high?TNS_ADMIN=/x => oracle.db null 0 shop_high
          jdbc:sqlserver://db:1434;databaseName=shop;user=u;password=p => microsoft.sql_server db 1434 shop
          jdbc:sqlserver://db\\SQLEXPRESS;database=shop => microsoft.sql_server db 0 SQLEXPRESS|shop
          jdbc:sqlserver://db;databaseName={my;shop};encrypt=true => microsoft.sql_server db 1433 my;shop
          jdbc:sqlserver://;serverName=db;portNumber=1435 => microsoft.sql_server db 1435 null
          jdbc:jtds:sqlserver://db:1434/shop;instance=I;user=u => microsoft.sql_server db 1434 I|shop
          jdbc:db2://db:50001/SHOP:user=u;password=p; => ibm.db2 db 50001 SHOP
          jdbc:db2:SHOP => ibm.db2 null 0 SHOP
          jdbc:p6spy:mysql://db/shop => mysql db 3306 shop
          jdbc:log4jdbc:postgresql://db/shop => postgresql db 5432 shop
          jdbc:tc:postgresql:16-alpine:///shop?TC_REUSABLE=true => postgresql localhost 5432 shop
          jdbc:otel:h2:mem:shop => h2database null 0 shop
          jdbc:datasource-proxy:mysql://db/shop => mysql db 3306 shop
          jdbc-secretsmanager:mysql://db/shop => mysql db 3306 shop
          jdbc:aws-wrapper:postgresql://db/shop => postgresql db 5432 shop
          jdbc:clickhouse://db/shop => clickhouse db 8123 shop
          jdbc:frob://u:p@db:99/shop?x=1 => other_sql db 99 shop
          jdbc:frob://user:pa?ss@db/shop => other_sql null 0 null
          nonsense => other_sql null 0 null
          """)
  void the_url_tells_where_statements_go(String url, String place) {
    assertEquals(place, read(url));
  }

  @Test
  void properties_complete_the_url() {
    Properties info = new Properties();
    info.setProperty("databaseName", "shop");
    info.setProperty("user", "canary");
    assertEquals("shop", DatasourceUrl.parse("jdbc:sqlserver://db", info).namespace());
  }

  @Test
  void anything_is_read_and_credentials_never_show() {
    Random random = new Random(5);
    String[] parts = {
      "jdbc:",
      "postgresql:",
      "mysql:",
      "h2:",
      "oracle:thin:",
      "sqlserver:",
      "db2:",
      "tc:",
      "//",
      "/",
      ":",
      ";",
      "?",
      "&",
      "@",
      "(",
      ")",
      "[",
      "]",
      "=",
      "host",
      "db",
      "mem:",
      "\\",
      ",",
      "99",
      "{",
      "}",
      "user=canary",
      "password=canary",
      "canary:canary@",
      "canary/canary@",
      " "
    };
    for (int i = 0; i < 50_000; i++) {
      StringBuilder url = new StringBuilder("jdbc:");
      for (int n = random.nextInt(12); n >= 0; n--) url.append(parts[random.nextInt(parts.length)]);
      read(url.toString()); // never throws
    }
    for (String system : new String[] {"postgresql", "mysql", "mariadb", "h2:tcp", "frob"}) {
      for (String rest :
          new String[] {
            "canary:canary@h:1/d",
            "h/d?user=canary&password=canary",
            "h/d;user=canary;password=canary",
            "canary:can@ary@h/d",
            "canary@h"
          }) {
        assertFalse(read("jdbc:" + system + "://" + rest).contains("canary"), system + rest);
      }
    }
  }
}
