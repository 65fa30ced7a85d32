package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.callsite.ClassRoles;
import dev.atalaya.agent.callsite.MainClass;
import dev.atalaya.agent.callsite.OwnWork;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.SyncTaskExecutor;
import shop.Calls;

class OwnWorkTest {
  private static final String ITEM = "SELECT * FROM item WHERE id = ?";

  private final ClassRoles roles =
      Application.of(
              Collections.<String>emptyList(), () -> new Class<?>[0], MainClass.of("shop.Main"))
          .roles;
  private final Supplier<Boolean> here = () -> OwnWork.isHere(roles);

  @Test
  void a_main_is_the_applications() {
    assertTrue(OwnWork.isHere(roles));
  }

  @Test
  void so_is_a_thread_that_it_runs() throws Exception {
    assertTrue(onANewThread(() -> Calls.plainly(here)));
  }

  @Test
  void and_its_task_in_a_pool_of_the_jdks() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    assertTrue(pool.submit(() -> Calls.plainly(here)).get());
    pool.shutdown();
  }

  @Test
  void a_librarys_thread_is_not() throws Exception {
    assertFalse(
        onANewThread(
            () -> {
              boolean[] own = new boolean[1];
              new SyncTaskExecutor().execute(() -> own[0] = Calls.plainly(here));
              return own[0];
            }));
  }

  @Test
  void nor_is_a_thread_that_the_whole_jvm_shares() throws Exception {
    assertFalse(
        CompletableFuture.supplyAsync(() -> Calls.plainly(here), new ForkJoinPool(1)).get());
  }

  @Test
  void nor_is_one_with_nothing_but_the_jdk_on_it() throws Exception {
    assertFalse(onANewThread(here::get));
  }

  @Test
  void what_a_librarys_thread_calls_is_not_counted() throws Exception {
    Simulation app = new Simulation();
    UnitOfWork unit =
        onANewThread(
            () -> {
              Span[] last = new Span[1];
              for (int i = 0; i < 60; i++) {
                int id = i;
                new SyncTaskExecutor()
                    .execute(() -> last[0] = Calls.plainly(() -> app.query(ITEM, 1, id)));
              }
              return last[0].request().unit();
            });
    assertFalse(unit.isOwn());
    assertEquals(Collections.emptyList(), unit.operations());
  }

  private static <T> T onANewThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task, "a new one").start();
    return task.get();
  }
}
