package org.springframework.samples.petclinic.owner;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

/** Owners by the page. */
public interface OwnerRepository extends JpaRepository<Owner, Integer> {
  Page<Owner> findByLastNameStartingWith(String lastName, Pageable pageable);
}
