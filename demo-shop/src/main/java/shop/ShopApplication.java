package shop;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import shop.traffic.Traffic;

/** A small web shop, written naively on purpose: see README.md for its sins. */
@SpringBootApplication
@EnableAsync
@EnableScheduling
public class ShopApplication {

  public static void main(String[] args) throws InterruptedException {
    if (Arrays.stream(args).anyMatch(arg -> arg.startsWith("--traffic="))) {
      Traffic.main(args);
    } else {
      SpringApplication.run(ShopApplication.class, args);
    }
  }

  /** The shop's calendar stands still, so that two runs give the same answers. */
  @Bean
  Clock clock() {
    return Clock.fixed(Instant.parse("2026-06-30T12:00:00Z"), ZoneOffset.UTC);
  }

  @EventListener
  void announce(ApplicationReadyEvent ready) {
    String port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
    System.out.println("The shop is open at http://localhost:" + port + "/");
  }
}
