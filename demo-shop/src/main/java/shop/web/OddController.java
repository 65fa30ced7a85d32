package shop.web;

import java.util.Map;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import shop.Catalogue;

/** Answers that take another way out: from another thread, by an exception, without any work. */
@RestController
class OddController {
  private final Catalogue catalogue;
  private final AsyncTaskExecutor executor;

  OddController(Catalogue catalogue, AsyncTaskExecutor applicationTaskExecutor) {
    this.catalogue = catalogue;
    this.executor = applicationTaskExecutor;
  }

  /** Whether a product is in stock, found out by another thread than the request's. */
  @GetMapping("/api/async/{id}")
  DeferredResult<Catalogue.Availability> availability(@PathVariable long id) {
    DeferredResult<Catalogue.Availability> answer = new DeferredResult<>(5_000L);
    executor.execute(
        () -> {
          try {
            answer.setResult(catalogue.availability(id));
          } catch (RuntimeException e) {
            answer.setErrorResult(e);
          }
        });
    return answer;
  }

  /** Nobody handles this one: the servlet container makes it a 500. */
  @GetMapping("/api/broken")
  void broken() {
    throw new IllegalStateException("Somebody forgot a case.");
  }

  @GetMapping("/health")
  Map<String, String> health() {
    return Map.of("status", "UP");
  }
}
