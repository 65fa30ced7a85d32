package com.example.graphqlserver;

import javax.persistence.Entity;
import javax.persistence.Id;

/** Who wrote a book. */
@Entity
public class Author {
  @Id private String id;
  private String name;

  protected Author() {}

  Author(String id, String name) {
    this.id = id;
    this.name = name;
  }

  public String getName() {
    return name;
  }
}
