package com.example.graphqlserver;

import javax.persistence.Entity;
import javax.persistence.FetchType;
import javax.persistence.Id;
import javax.persistence.ManyToOne;

/** What a reader says of a book. */
@Entity
public class Review {
  @Id private String id;
  private int stars;

  @ManyToOne(fetch = FetchType.LAZY)
  private Book book;

  protected Review() {}

  Review(String id, int stars, Book book) {
    this.id = id;
    this.stars = stars;
    this.book = book;
  }

  public int getStars() {
    return stars;
  }
}
