package com.example.graphqlserver;

import java.util.List;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The query for books, and their field that is no property. */
@Controller
public class BookController {
  private final BookRepository books;
  private final ReviewRepository reviews;

  public BookController(BookRepository books, ReviewRepository reviews) {
    this.books = books;
    this.reviews = reviews;
  }

  @QueryMapping
  public List<Book> books() {
    return books.findAll(); // <- books
  }

  @SchemaMapping
  public List<Review> reviews(Book book) {
    return reviews.findByBookId(book.getId()); // <- reviews
  }
}
