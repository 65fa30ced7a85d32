package com.example.graphqlserver;

import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.ManyToOne;

/** A book and, with it each time, its author. */
@Entity
public class Book {
  @Id private String id;
  private String name;
  @ManyToOne private Author author;

  protected Book() {}

  Book(String id, String name, Author author) {
    this.id = id;
    this.name = name;
    this.author = author;
  }

  public String getId() {
    return id;
  }

  public String getName() {
    return name;
  }

  public Author getAuthor() {
    return author;
  }
}
