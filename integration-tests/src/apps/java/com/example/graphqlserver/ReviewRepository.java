package com.example.graphqlserver;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Reviews by their book. */
public interface ReviewRepository extends JpaRepository<Review, String> {
  List<Review> findByBookId(String id);
}
