package io.github.raeperd.realworld.domain.user;

import org.springframework.data.jpa.repository.JpaRepository;

/** All users. */
public interface UserRepository extends JpaRepository<User, Long> {}
