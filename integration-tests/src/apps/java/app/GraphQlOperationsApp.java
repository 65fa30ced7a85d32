package app;

import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.Collections;

/** GraphQL Java, a path an operation. */
public final class GraphQlOperationsApp {
  private GraphQlOperationsApp() {}

  public static void main(String[] args) throws Exception {
    final GraphQL graphQl =
        GraphQL.newGraphQL(
                new SchemaGenerator()
                    .makeExecutableSchema(
                        new SchemaParser()
                            .parse(
                                "type Query { names: [String] }"
                                    + " type Mutation { rename(to: String): String }"),
                        RuntimeWiring.newRuntimeWiring()
                            .type(
                                "Query",
                                type ->
                                    type.dataFetcher(
                                        "names", environment -> Collections.singletonList("one")))
                            .type(
                                "Mutation",
                                type ->
                                    type.dataFetcher(
                                        "rename", environment -> environment.getArgument("to")))
                            .build()))
            .build();
    new Web(4)
        .on("/named", query -> "" + graphQl.execute("query Names { names }").toSpecification())
        .on("/nameless", query -> "" + graphQl.execute("{ names }").toSpecification())
        .on(
            "/mutation",
            query ->
                "" + graphQl.execute("mutation Rename { rename(to: \"two\") }").toSpecification())
        .on("/invalid", query -> "" + graphQl.execute("{ nothing }").toSpecification())
        .start();
  }
}
