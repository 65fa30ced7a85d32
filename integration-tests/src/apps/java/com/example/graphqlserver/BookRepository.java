package com.example.graphqlserver;

import org.springframework.data.jpa.repository.JpaRepository;

/** All books. */
public interface BookRepository extends JpaRepository<Book, String> {}
