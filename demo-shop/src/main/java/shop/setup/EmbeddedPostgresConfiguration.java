package shop.setup;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The shop's own PostgreSQL, where SHOP_DB_URL names no other. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.datasource.url", havingValue = "embedded")
class EmbeddedPostgresConfiguration {

  @Bean
  EmbeddedPostgres postgres() throws IOException {
    Path directory = Files.createTempDirectory("shop-postgres");
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            // Spring stops it, after the pool; its own hook would run beside Spring's.
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setLocaleConfig("locale", "C")
            .start();
    Guard.watch(directory.resolve("postmaster.pid"), directory);
    return postgres;
  }

  @Bean
  JdbcConnectionDetails postgresConnection(EmbeddedPostgres postgres) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return "postgres";
      }

      @Override
      public String getPassword() {
        return "postgres";
      }

      @Override
      public String getJdbcUrl() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
      }
    };
  }
}
