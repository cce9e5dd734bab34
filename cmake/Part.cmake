# seedproof_part(<library> [PUBLIC_HEADERS ...] [SOURCES ...] [ITEMS kind name...])
#
# Adds the files of the calling folder to a library. An item is one file <name>.cc that defines
# `register_<name>`; the list of a kind is written to <seedproof_lists/kind.inc> as one
# SEEDPROOF_ITEM(name) a line, from which the registry is made. So one line here feeds both.
function(seedproof_part target)
  cmake_parse_arguments(PARSE_ARGV 1 PART "" "" "PUBLIC_HEADERS;SOURCES;ITEMS")
  file(RELATIVE_PATH here ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  foreach(header IN LISTS PART_PUBLIC_HEADERS)
    target_sources(${target} PUBLIC FILE_SET HEADERS FILES
      ${PROJECT_BINARY_DIR}/include/seedproof/${here}/${header})
  endforeach()
  foreach(source IN LISTS PART_SOURCES)
    target_sources(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${source})
  endforeach()
  if(PART_ITEMS)
    list(POP_FRONT PART_ITEMS kind)
    set(text "")
    foreach(item IN LISTS PART_ITEMS)
      target_sources(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${item}.cc)
      string(APPEND text "SEEDPROOF_ITEM(${item})\n")
    endforeach()
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/lists/seedproof_lists/${kind}.inc
      CONTENT "${text}" @ONLY)
  endif()
endfunction()
