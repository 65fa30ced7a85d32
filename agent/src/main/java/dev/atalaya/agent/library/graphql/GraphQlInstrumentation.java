package dev.atalaya.agent.library.graphql;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/** The operations that GraphQL Java executes, once they are parsed and found valid. */
@NullUnmarked // as other advice, which has no annotations but its own
@AutoService(LibraryInstrumentation.class)
public final class GraphQlInstrumentation extends LibraryInstrumentation {
  public GraphQlInstrumentation() {
    super("graphql");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.OPERATION)
        .library(
            "GraphQL Java",
            "com.graphql-java:graphql-java:17.6",
            "com.graphql-java:graphql-java:22.3",
            "com.graphql-java:graphql-java:25.1")
        .limit("Of several operations in one request the last is named.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver.in("graphql.execution.Execution").weave("executeOperation", null, Execute.class);
  }

  /** Which parameters follow differs. */
  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = GraphQlHooks.class, event = "execute") int execute,
        @Advice.Argument(0) Object context) {
      Tracing.hook(execute, context);
    }
  }
}
