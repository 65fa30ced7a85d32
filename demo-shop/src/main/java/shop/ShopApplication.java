package shop;

import java.io.IOException;
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
import shop.partner.PartnerService;
import shop.traffic.Problems;
import shop.traffic.Traffic;

/** A web shop in two editions, naive and tuned: README.md tells how one became the other. */
@SpringBootApplication
@EnableAsync
@EnableScheduling
public class ShopApplication {

  public static void main(String[] args) throws IOException, InterruptedException {
    if (Arrays.stream(args).anyMatch(arg -> arg.startsWith("--traffic="))) {
      Traffic.main(args);
    } else if (args.length == 1 && args[0].startsWith("--problems=")) {
      Problems.main(args[0].substring("--problems=".length()));
    } else if (args.length == 1 && args[0].startsWith("--partner=")) {
      PartnerService.main(args[0].substring("--partner=".length()));
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
