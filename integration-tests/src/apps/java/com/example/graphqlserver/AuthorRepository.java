package com.example.graphqlserver;

import org.springframework.data.jpa.repository.JpaRepository;

/** All authors. */
public interface AuthorRepository extends JpaRepository<Author, String> {}
